package dev.ropewalk.tool;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One attempt, as the tool sees it. Safe for use by several threads; valid until the call returns.
public interface ToolCall {

    /// The id of the execution to which the task belongs.
    String executionId();

    /// The address of the task at run time: `sub/task[3]`.
    String taskPath();

    /// Which attempt this is, from 1.
    int attempt();

    /// The same for every attempt of one generation of the task, so that the called side can
    /// recognise a repeated call: `executionId/taskPath/generation`.
    String idempotencyKey();

    /// The mark that every process started for this attempt carries in the environment variable
    /// `ROPEWALK_ATTEMPT`, so that recovery finds orphans: `store/idempotencyKey/attempt`.
    String processMark();

    /// The evaluated arguments: maps, lists, strings, numbers (`Long`, `Double`, `BigInteger`,
    /// `BigDecimal`), booleans and nulls. Secrets are filled in. Unmodifiable.
    Map<String, @Nullable Object> arguments();

    /// When the attempt will be told to stop, if it has a timeout.
    Optional<Instant> deadline();

    /// How long the attempt has to end by itself after it was told to stop.
    java.time.Duration grace();

    /// Whether the attempt was told to stop.
    boolean cancelled();

    /// Runs `action` once when the attempt is told to stop, at once if it was already. The action
    /// runs on a thread of the engine's and should return soon.
    ///
    /// @return forgets the action when closed
    Registration onCancel(Runnable action);

    /// Reports how much is done; seen live by subscribers, at best effort, never stored.
    ///
    /// @param fraction from 0 to 1; values outside are clipped
    /// @param message a short text for people; may be empty
    void progress(double fraction, String message);

    /// Leaves a message for `logs`, at best effort and within a bound. Secrets are redacted.
    void log(MessageLevel level, String message);

    /// What an earlier attempt of this task saved when it was told to stop, as arguments are: maps, lists,
    /// strings, numbers. Empty for the first attempt, and after one that saved nothing.
    Optional<Object> checkpoint();

    /// Saves what the next attempt needs to go on from here, in place of what was saved before. It is
    /// recorded if the attempt is stopped to give way to another or because the engine shuts down; so
    /// save when [#onCancel] calls, or after each part of the work.
    ///
    /// @param value as a result may be: maps, lists, strings, numbers, booleans
    void saveCheckpoint(Object value);

    /// A new sink for output of unknown size: in memory up to a limit, then in a file, then cut with
    /// a mark. Put it into the result in the place of a string.
    Output newOutput();

    /// Undoes [#onCancel].
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
