package dev.ropewalk.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Checks what constraints say against what makes sense.
final class ConstraintsCheck {

    private static final int MAX_WINDOWS = 100;
    private static final int MAX_LOCKS = 100;
    private static final int MAX_LOCK_LENGTH = 128;

    private final Problems problems;

    ConstraintsCheck(Problems problems) {
        this.problems = problems;
    }

    void check(Constraints constraints, Location at) {
        if (constraints.equals(Constraints.NONE)) {
            return;
        }
        moment(constraints.deadline(), at.key("deadline"), "no deadline");
        moment(constraints.notBefore(), at.key("notBefore"), "any time");
        if (constraints.deadline().isEmpty() && constraints.onDeadlineMissed() != OnDeadlineMissed.WARN) {
            problems.add(
                    Problem.INVALID_VALUE,
                    at.key("onDeadlineMissed"),
                    "there is no deadline, so onDeadlineMissed has no meaning",
                    "remove it, or add a deadline");
        }
        atMost(constraints.windows(), MAX_WINDOWS, at.key("windows"));
        for (int i = 0; i < constraints.windows().size(); i++) {
            if (constraints.windows().get(i).days().isEmpty()) {
                problems.add(
                        Problem.INVALID_VALUE,
                        at.key("windows").index(i).key("days"),
                        "the window opens on no day",
                        "name a day, or leave days out for all of them");
            }
        }
        atMost(constraints.exclusive(), MAX_LOCKS, at.key("exclusive"));
        for (int i = 0; i < constraints.exclusive().size(); i++) {
            lock(constraints.exclusive().get(i), at.key("exclusive").index(i));
        }
    }

    /// Refuses what a task with or inside a `forEach`, or one that runs a plan, cannot have.
    void refuseDeadline(Constraints constraints, Location at, String who, String remedy) {
        if (constraints.deadline().isPresent()) {
            problems.add(Problem.UNSUPPORTED, at.key("deadline"), who + " cannot have a deadline", remedy);
        }
    }

    private void moment(Optional<Moment> moment, Location at, String absence) {
        if (moment.orElse(null) instanceof Moment.AfterStart(Duration delay)) {
            new Amounts(problems).micros(Optional.of(delay), at, absence);
        }
    }

    private void atMost(List<?> values, int most, Location at) {
        if (values.size() > most) {
            problems.add(
                    Problem.LIMIT_EXCEEDED,
                    at,
                    Quoted.count(values.size()) + " are more than " + Quoted.count(most),
                    "use fewer");
        }
    }

    private void lock(String name, Location at) {
        if (name.isBlank() || name.length() > MAX_LOCK_LENGTH || !Quoted.isVisible(name)) {
            problems.add(
                    Problem.INVALID_VALUE,
                    at,
                    Quoted.of(name) + " cannot be the name of a lock",
                    "use a word such as report-file");
        }
    }
}
