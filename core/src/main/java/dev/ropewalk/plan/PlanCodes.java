package dev.ropewalk.plan;

import java.util.List;

/// The numbers under which constants are stored: their places in these lists. A list only ever grows at
/// its end; the order in which an enum declares its constants is of no importance.
final class PlanCodes {

    static final List<StepMode> MODES =
            List.of(StepMode.SEQUENTIAL, StepMode.PARALLEL, StepMode.HYBRID, StepMode.CONDITIONAL);
    static final List<OnError> ON_ERROR = List.of(OnError.STOP, OnError.CONTINUE, OnError.RETRY);
    static final List<PlannedTask.Kind> KINDS = List.of(
            PlannedTask.Kind.CALL, PlannedTask.Kind.FOR_EACH, PlannedTask.Kind.BARRIER, PlannedTask.Kind.START_BARRIER);
    static final List<PlannedTask.OnFailure> ON_FAILURE =
            List.of(PlannedTask.OnFailure.FAIL, PlannedTask.OnFailure.SKIP, PlannedTask.OnFailure.FALLBACK);
    static final List<Priority> PRIORITIES = List.of(Priority.NORMAL, Priority.LOW, Priority.HIGH, Priority.CRITICAL);
    static final List<OnLost> ON_LOST = List.of(OnLost.RERUN, OnLost.UNKNOWN);
    static final List<EdgeKind> EDGES = List.of(
            EdgeKind.SUCCESS,
            EdgeKind.ORDER,
            EdgeKind.GATE,
            EdgeKind.CHOICE,
            EdgeKind.FALLBACK,
            EdgeKind.START_TO_START,
            EdgeKind.FINISH_TO_FINISH,
            EdgeKind.START_TO_FINISH);

    /// Room for the kind of an edge beside its target.
    static final int EDGE_BITS = 3;

    // Templates.
    static final int NULL = 0;
    static final int EMPTY_OBJECT = 1;
    static final int JSON = 2;
    static final int OTHER = 3;
    static final int EXPRESSION = 4;
    static final int RESULT_OF = 5;
    static final int TEXT = 6;
    static final int SEQUENCE = 7;
    static final int MAPPING = 8;

    // What a task has beyond the usual; anything else is not written.
    static final int TEMPLATE = 1;
    static final int GROUP = 1 << 1;
    static final int TOOL = 1 << 2;
    static final int ARGUMENTS = 1 << 3;
    static final int WHEN = 1 << 4;
    static final int ITEMS = 1 << 5;
    static final int RETRY = 1 << 6;
    static final int TIMEOUT = 1 << 7;
    static final int FAILURE = 1 << 8;
    static final int PRIORITY = 1 << 9;
    static final int ESTIMATE = 1 << 10;
    static final int LOST = 1 << 11;
    static final int ABOUT = 1 << 12;
    static final int NEEDS = 1 << 13;
    static final int CONDITIONS = 1 << 14;
    static final int CONSTRAINTS = 1 << 15;
    static final int ALL = (1 << 16) - 1;
    static final int ALL_OF_VERSION_1 = (1 << 13) - 1;

    static final List<Budget.Per> PER = List.of(Budget.Per.EXECUTION, Budget.Per.DAY, Budget.Per.TOTAL);

    private PlanCodes() {}
}
