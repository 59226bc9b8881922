package dev.ropewalk.resource;

import java.util.ArrayList;
import java.util.List;

/// What has changed since balances were last written.
final class Changes {

    private List<Remembered> changed = new ArrayList<>();

    void add(Remembered remembered) {
        changed.add(remembered);
    }

    List<Remembered> drain() {
        if (changed.isEmpty()) {
            return List.of();
        }
        List<Remembered> drained = changed;
        changed = new ArrayList<>();
        return drained;
    }
}
