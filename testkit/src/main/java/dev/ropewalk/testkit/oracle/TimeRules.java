package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.plan.Constraints;
import dev.ropewalk.plan.Moment;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// What lags, earliest starts, windows and deadlines ask, told from the plan and the times of events.
final class TimeRules {

    /// So many times between now and the opening of a window are looked at.
    private static final int SAMPLES = 50;

    private final ExecutionModel x;

    TimeRules(ExecutionModel execution) {
        this.x = execution;
    }

    /// Whether the task may start at this time.
    void mayStart(TaskModel task, long at, String what) {
        long earliest = earliest(task);
        check(at >= earliest, "I11", "%s: %s %s %d µs early", x, task, what, earliest - at);
        check(isOpen(windows(task), at), "I11", "%s: %s %s at %s, when no window is open", x, task, what, instant(at));
    }

    /// When lags have passed and it may start, windows aside.
    private long earliest(TaskModel task) {
        long earliest = x.predecessors.lagsPassed(x, task, false);
        if (task.isBarrier()) {
            return earliest;
        }
        earliest = Math.max(earliest, moment(task.definition.constraints().notBefore()));
        return countsForPlan(task)
                ? Math.max(earliest, moment(x.plan.constraints().notBefore()))
                : earliest;
    }

    private static boolean countsForPlan(TaskModel task) {
        return !task.definition.tool().equals(PlannedTask.VALUE_TOOL);
    }

    private long moment(Optional<Moment> moment) {
        return switch (moment.orElse(null)) {
            case null -> 0;
            case Moment.AfterStart(Duration delay) -> x.startedAt + delay.toNanos() / 1_000;
            case Moment.At(Instant time) -> ChronoUnit.MICROS.between(Instant.EPOCH, time);
        };
    }

    private List<TimeWindow> windows(TaskModel task) {
        if (task.isBarrier()) {
            return List.of();
        }
        List<TimeWindow> own = task.definition.constraints().windows();
        return own.isEmpty() && countsForPlan(task) ? x.plan.constraints().windows() : own;
    }

    private static boolean isOpen(List<TimeWindow> windows, long at) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> isOpen(window, at));
    }

    /// By the clock on the wall there, which is right but where the clocks change: the simulator has no
    /// window then.
    private static boolean isOpen(TimeWindow window, long at) {
        var there = instant(at).atZone(window.zone());
        LocalTime time = there.toLocalTime();
        LocalDate day = there.toLocalDate();
        boolean overMidnight = !window.to().isAfter(window.from());
        boolean beganToday = window.days().contains(day.getDayOfWeek()) && !time.isBefore(window.from());
        if (!overMidnight) {
            return beganToday && time.isBefore(window.to());
        }
        boolean beganYesterday = window.days().contains(day.minusDays(1).getDayOfWeek()) && time.isBefore(window.to());
        return beganToday || beganYesterday;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    void delayed(LogEvent.TaskDelayed event) {
        TaskModel task = x.task(event.task());
        check(!x.stopped() && event.due() > event.at(), "I11", "%s: %s is delayed: %s", x, task, event);
        if (task.stand == Stand.FINISHING) {
            long passed = x.predecessors.lagsPassed(x, task, true);
            check(passed == event.due(), "I11", "%s: %s completes at %d, not %d", x, task, event.due(), passed);
        } else {
            startsLater(task, event);
            task.stand = Stand.DELAYED;
        }
        task.due = event.due();
    }

    private void startsLater(TaskModel task, LogEvent.TaskDelayed event) {
        check(
                task.stand == Stand.PENDING || task.stand == Stand.QUEUED || task.stand == Stand.DELAYED,
                "I15",
                "%s: %s is delayed",
                x,
                task);
        check(
                task.stand != Stand.DELAYED || event.at() >= task.due,
                "I11",
                "%s: %s is delayed before its delay has ended",
                x,
                task);
        List<TimeWindow> windows = windows(task);
        long from = Math.max(earliest(task), event.at());
        if (isOpen(windows, from)) {
            check(event.due() == from, "I11", "%s: %s is delayed until %d, not %d", x, task, event.due(), from);
            return;
        }
        check(
                isOpen(windows, event.due()) && !isOpen(windows, event.due() - 1),
                "I11",
                "%s: %s is delayed until %s, when no window opens",
                x,
                task,
                instant(event.due()));
        for (int i = 0; i < SAMPLES; i++) {
            long between = from + (event.due() - from) / SAMPLES * i;
            check(!isOpen(windows, between), "I11", "%s: %s does not wait for the next window", x, task);
        }
    }

    void delayEnded(LogEvent.DelayEnded event) {
        TaskModel task = x.task(event.task());
        check(
                task.stand == Stand.DELAYED && event.at() >= task.due && (task.isBarrier() || task.isForEach()),
                "I11",
                "%s: the delay of %s ends",
                x,
                task);
        mayStart(task, event.at(), "goes on");
        task.stand = task.isBarrier() ? Stand.COMPLETED : Stand.PENDING;
        task.endedAt = event.at();
    }

    void deadlineMissed(LogEvent.DeadlineMissed event) {
        Constraints constraints = event.task() < 0
                ? x.plan.constraints()
                : x.task(event.task()).definition.constraints();
        long due = moment(constraints.deadline());
        check(due > 0 && event.at() >= due, "I11", "%s: %s before %d", x, event, due);
        check(constraints.onDeadlineMissed() == event.action(), "I15", "%s: %s", x, event);
        boolean ended =
                event.task() < 0 ? x.status.ended() : x.task(event.task()).stand.ended();
        check(!ended && x.missed.add(event.task()), "I11", "%s: %s, but it was met or is missed already", x, event);
    }

    /// When deadlines pass that are neither met nor missed, by the task's index, or -1 for the execution.
    void openDeadlines(BiConsumer<Integer, Long> each) {
        long whole = moment(x.plan.constraints().deadline());
        if (whole > 0 && !x.missed.contains(-1)) {
            each.accept(-1, whole);
        }
        for (TaskModel task : x.tasks) {
            long due = task.owner == null ? moment(task.definition.constraints().deadline()) : 0;
            if (due > 0 && !task.stand.ended() && !x.missed.contains(task.index)) {
                each.accept(task.index, due);
            }
        }
    }

    static boolean failsLate(ExecutionModel execution, TaskModel task) {
        return task.owner == null
                && execution.missed.contains(task.index)
                && task.definition.constraints().onDeadlineMissed() == OnDeadlineMissed.FAIL;
    }
}
