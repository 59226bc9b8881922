package dev.ropewalk.engine;

import dev.ropewalk.EngineException;
import dev.ropewalk.EngineOptions;
import dev.ropewalk.EngineSettings;
import dev.ropewalk.SchedulingOptions;
import dev.ropewalk.expression.ExpressionEvaluator;
import dev.ropewalk.monitoring.Monitor;
import dev.ropewalk.monitoring.StoredHistory;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.plan.SharedResources;
import dev.ropewalk.resource.ResourceLedger;
import dev.ropewalk.scheduling.SchedulerOptions;
import dev.ropewalk.secret.SecretSource;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.Strategies;
import dev.ropewalk.tool.ArgumentCheck;
import dev.ropewalk.tool.ArgumentValidator;
import dev.ropewalk.tool.StandardToolRegistry;
import dev.ropewalk.tool.ToolFamilies;
import dev.ropewalk.tool.ToolProviderFactory;
import dev.ropewalk.value.Evaluation;
import dev.ropewalk.value.OutputLimits;
import dev.ropewalk.value.Secrets;
import dev.ropewalk.value.ValueLimits;
import dev.ropewalk.value.ValueReader;
import dev.ropewalk.value.ValueWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an engine is put together from, and the order in which it starts and ends.
final class EngineParts implements AutoCloseable {

    /// Who declares what the configuration declares.
    private static final String CONFIGURATION = "configuration";

    private final EngineOptions options;
    private final KnownResources known;
    private final Store store;
    private final StandardToolRegistry tools;
    private final Strategies strategies;
    private final LocalAgents agents;
    private final RegisteredWorkflows workflows;
    private final StoredHistory history;
    private final Monitor monitor;
    private final Inbox inbox;
    private final Loop loop;
    private final LoopThread loopThread;
    private final @Nullable LogWriter logWriter;
    private final WallClock clock = new WallClock();
    private final Completions completions = new Completions();
    private final Questions questions;
    private final ExecutorService callbacks = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("ropewalk-callback").factory());
    private volatile Consumer<EngineException> onFailure = _ -> {};

    EngineParts(EngineSettings settings, Store store) {
        this.options = settings.options();
        this.store = store;
        this.tools = new StandardToolRegistry();
        this.strategies = Strategies.builtIn().with(ServiceLoader.load(SchedulingStrategy.class, settings.plugins()));
        SharedResources shared = settings.scheduling().shared();
        this.known = new KnownResources(
                shared.pools(),
                shared.groups(),
                strategies.all().stream().map(SchedulingStrategy::name).toList(),
                true);
        new ToolFamilies(settings.configuration(), settings.workingDirectory(), settings.environment())
                .addTo(tools, ServiceLoader.load(ToolProviderFactory.class, settings.plugins()));
        this.workflows = new RegisteredWorkflows(store, clock, settings.plugins());
        this.history = new StoredHistory(store, false);
        this.monitor = new Monitor(store, clock::micros);
        this.inbox = new Inbox(options.inboxCapacity());
        this.questions = new Questions(inbox, callbacks);
        this.agents = new LocalAgents(inbox, questions, tools);
        Secrets secrets = new Secrets(SecretSource.ofEnvironment(settings.environment()));
        Work work = new AttemptWork(
                attempts(settings, secrets),
                new MonitorPublishing(monitor, completions, history, store, secrets, callbacks));
        LogAppender appender = new LogAppender(store, work);
        Log log;
        if (store.appendsInline()) {
            logWriter = null;
            log = new InlineLog(appender);
        } else {
            logWriter = new LogWriter(appender, store, inbox, failure -> onFailure.accept(unwritable(failure)));
            log = logWriter;
        }
        this.loop = new Loop(
                inbox,
                log,
                work,
                limits(),
                order(settings.scheduling()),
                ledger(settings.scheduling()),
                store.lastExecutionNumber());
        this.loopThread = new LoopThread(loop, inbox, clock, death -> onFailure.accept(broken(death)));
    }

    private ResourceLedger ledger(SchedulingOptions scheduling) {
        ResourceLedger ledger = Ledgers.of(store, clock.micros());
        ledger.configure(CONFIGURATION, scheduling.shared());
        return ledger;
    }

    private static EngineException unwritable(StoreException cause) {
        return new EngineException(
                cause.code(),
                String.valueOf(cause.getMessage()),
                "open the store again; nothing acknowledged is lost",
                cause);
    }

    private static EngineException broken(Throwable death) {
        return new EngineException(
                "INTERNAL",
                "the engine cannot go on because of a mistake of its own: " + death,
                "open the store again, nothing acknowledged is lost; and please report this with the log",
                death);
    }

    private SchedulerOptions order(SchedulingOptions scheduling) {
        Map<String, Double> weights = new HashMap<>();
        scheduling.tenants().forEach((tenant, weight) -> weights.put(tenant, weight.doubleValue()));
        return SchedulerOptions.DEFAULT
                .withStrategies(strategies)
                .withStrategy(strategies.named(scheduling.strategy().orElse("ADAPTIVE")))
                .withTenantWeights(weights)
                .withRules(scheduling.rules());
    }

    private AttemptContext attempts(EngineSettings settings, Secrets secrets) {
        ValueLimits limits = valueLimits();
        ValueReader reader = new ValueReader(store, limits);
        ValueWriter writer = new ValueWriter(store, limits);
        ClassLoader plugins = settings.plugins();
        return new AttemptContext(
                store.id(),
                options.grace(),
                inbox,
                tools,
                agents.directory(),
                new Evaluation(
                        settings.expressions()
                                .or(() -> ServiceLoader.load(ExpressionEvaluator.class, plugins)
                                        .findFirst()),
                        reader,
                        writer,
                        secrets,
                        limits),
                secrets,
                reader,
                writer,
                new ArgumentCheck(
                        ServiceLoader.load(ArgumentValidator.class, plugins).findFirst()),
                new OutputLimits(options.outputMemory(), options.outputLimit()),
                options.temporary());
    }

    private ValueLimits valueLimits() {
        ValueLimits usual = ValueLimits.DEFAULT;
        return new ValueLimits(
                options.inlineLimit(), usual.maxResultBytes(), usual.maxReadBytes(), usual.maxTextChars());
    }

    private Limits limits() {
        return new Limits(
                options.maxParallel(),
                options.maxConcurrentExecutions(),
                options.maxPendingExecutions(),
                micros(options.grace()),
                Limits.DEFAULT.maxBatchEvents());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /// Ends what earlier processes of this store left running, and starts to work.
    void start(Consumer<EngineException> failed) {
        onFailure = failed;
        tools.endOrphans(store.id() + "/");
        monitor.start();
        if (logWriter != null) {
            logWriter.start();
        }
        loopThread.start();
    }

    /// What plans may name without declaring it.
    KnownResources known() {
        return known;
    }

    EngineOptions options() {
        return options;
    }

    Store store() {
        return store;
    }

    StandardToolRegistry tools() {
        return tools;
    }

    /// What may be named as an order of tasks.
    Strategies strategies() {
        return strategies;
    }

    LocalAgents agents() {
        return agents;
    }

    RegisteredWorkflows workflows() {
        return workflows;
    }

    StoredHistory history() {
        return history;
    }

    Monitor monitor() {
        return monitor;
    }

    Inbox inbox() {
        return inbox;
    }

    Loop loop() {
        return loop;
    }

    WallClock clock() {
        return clock;
    }

    Completions completions() {
        return completions;
    }

    Questions questions() {
        return questions;
    }

    ExecutorService callbacks() {
        return callbacks;
    }

    /// Ends everything in the order in which it depends on each other; what was handed over is durable.
    @Override
    public void close() {
        agents.close();
        loopThread.close();
        if (logWriter != null) {
            logWriter.close();
        }
        monitor.close();
        tools.close();
        callbacks.close();
        store.close();
    }
}
