package dev.ropewalk.store.jdbc;

/// Whose turn it is to use the one writing connection. Appends go first; whoever else waits gets a turn
/// after a number of appends in a row, so that it is late but not starved.
final class WriteTurn {
    private static final int APPENDS_IN_A_ROW = 32;

    private boolean taken;
    private int appendsWaiting;
    private int othersWaiting;
    private int passedOver;

    synchronized void takeForAppend() {
        appendsWaiting++;
        try {
            await(true);
        } finally {
            appendsWaiting--;
        }
        passedOver = othersWaiting == 0 ? 0 : passedOver + 1;
    }

    synchronized void take() {
        othersWaiting++;
        try {
            await(false);
        } finally {
            othersWaiting--;
        }
        passedOver = 0;
    }

    synchronized void leave() {
        taken = false;
        notifyAll();
    }

    private void await(boolean append) {
        boolean interrupted = false;
        while (taken || !mayGo(append)) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        taken = true;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean mayGo(boolean append) {
        boolean othersAreDue = passedOver >= APPENDS_IN_A_ROW && othersWaiting > 0;
        return append ? !othersAreDue : othersAreDue || appendsWaiting == 0;
    }
}
