package dev.ropewalk.benchmark;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.Subscription;
import dev.ropewalk.plan.ExecutionPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/// W7: how soon a subscriber has an event, and how many events a hundred of them get. The time counts
/// from when the event was decided, so it holds the sync as well and is an upper bound for what comes
/// after it.
final class WatchWorkload {

    private final String store;
    private final Scale scale;

    WatchWorkload(String store, Scale scale) {
        this.store = store;
        this.scale = scale;
    }

    List<Figure> run() {
        double[] p99 = new double[scale.runs()];
        double[] rate = new double[scale.runs()];
        ExecutionPlan plan = Plans.chain(scale.watched());
        try (EngineUnderTest test = EngineUnderTest.open(store, 64)) {
            for (int run = -1; run < scale.runs(); run++) {
                double one = latency(test.engine(), plan);
                double many = events(test.engine(), plan);
                if (run >= 0) {
                    p99[run] = one;
                    rate[run] = many;
                }
            }
        }
        return List.of(
                new Figure(
                        "W7", store, scale.watched(), "event_to_subscriber_p99_ms", Samples.percentile(p99, 50), "ms"),
                new Figure(
                        "W7", store, scale.subscribers(), "events_per_s_to_100", Samples.percentile(rate, 50), "1/s"));
    }

    private static double latency(ExecutionEngine engine, ExecutionPlan plan) {
        List<Double> latencies = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        String id = engine.submit(plan).join().executionId();
        try (Subscription _ = engine.subscribe(id, 0, update -> {
            Instant now = Instant.now();
            for (ExecutionEvent event : update.events()) {
                latencies.add(ChronoUnit.MICROS.between(event.timestamp(), now) / 1e3);
            }
            if (update.status().ended()) {
                ended.countDown();
            }
        })) {
            await(ended);
        }
        // The first events were there before the subscriber.
        return Samples.percentile(
                latencies.stream().skip(50).mapToDouble(Double::doubleValue).toArray(), 99);
    }

    private double events(ExecutionEngine engine, ExecutionPlan plan) {
        LongAdder events = new LongAdder();
        CountDownLatch ended = new CountDownLatch(scale.subscribers());
        long start = System.nanoTime();
        String id = engine.submit(plan).join().executionId();
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < scale.subscribers(); i++) {
            subscriptions.add(engine.subscribe(id, 0, update -> {
                events.add(update.events().size());
                if (update.status().ended()) {
                    ended.countDown();
                }
            }));
        }
        await(ended);
        double seconds = (System.nanoTime() - start) / 1e9;
        subscriptions.forEach(Subscription::close);
        return events.sum() / seconds;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
