package dev.ropewalk.benchmark;

import dev.ropewalk.scheduling.Gate;
import dev.ropewalk.scheduling.Verdict;

/// As many lanes as pools, each pool with room for a few.
final class PoolGate implements Gate<QueuedExecution> {

    private static final class Pool {
        private final Verdict granted = new Verdict.Granted(this);
        private final Verdict refused = new Verdict.Refused(this, Long.MAX_VALUE);
        private int free;

        private Pool(int free) {
            this.free = free;
        }
    }

    private final Pool[] pools;

    PoolGate(int lanes, int room) {
        pools = new Pool[lanes];
        for (int i = 0; i < lanes; i++) {
            pools[i] = new Pool(room);
        }
    }

    @Override
    public Object lane(QueuedExecution execution, int task) {
        return pools[task % pools.length];
    }

    @Override
    public Verdict take(QueuedExecution execution, int task, long now) {
        Pool pool = pools[task % pools.length];
        if (pool.free == 0) {
            return pool.refused;
        }
        pool.free--;
        return pool.granted;
    }

    void giveBack(Object grant) {
        ((Pool) grant).free++;
    }
}
