package dev.ropewalk.format;

import java.util.ArrayList;
import java.util.List;

/// What was found wrong in the files of one plan: the first hundred in full, the rest counted.
final class ProblemList {

    static final int MAX_LISTED = 100;

    private final List<LocatedProblem> listed = new ArrayList<>();
    private int omitted;

    void add(LocatedProblem problem) {
        if (listed.size() < MAX_LISTED) {
            listed.add(problem);
        } else {
            omitted++;
        }
    }

    int size() {
        return listed.size() + omitted;
    }

    List<LocatedProblem> listed() {
        return listed;
    }

    int omitted() {
        return omitted;
    }
}
