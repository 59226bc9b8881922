package dev.ropewalk.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What Ctrl-C and SIGTERM do while something runs: the first asks to stop, the second stops now.
///
/// A shutdown hook would not do: while hooks run, the JVM does not tell of a second Ctrl-C, and they
/// cannot choose the exit code. `sun.misc.Signal` is unsupported, but the JDK exports it for this. It
/// is called by name, because javac warns of it with a warning that nothing can suppress.
final class Interrupts implements AutoCloseable {

    private record Replaced(Object signal, Object handler) {}

    private final AtomicInteger count = new AtomicInteger();
    private final List<Replaced> replaced = new ArrayList<>();

    /// @param first run on a thread of its own, once
    /// @param second run at every further signal
    Interrupts(Runnable first, Runnable second) {
        Object handler = handler(() -> {
            if (count.incrementAndGet() == 1) {
                Thread.ofPlatform().name("ropewalk-stop").start(first);
            } else {
                second.run();
            }
        });
        for (String name : List.of("INT", "TERM")) {
            try {
                Object signal = type("Signal").getConstructor(String.class).newInstance(name);
                replaced.add(new Replaced(signal, handle(signal, handler)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this JDK does not hand on signals", e);
            }
        }
    }

    private static Object handler(Runnable onSignal) {
        InvocationHandler calls = (proxy, method, arguments) -> answer(proxy, method.getName(), arguments, onSignal);
        try {
            return Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {type("SignalHandler")}, calls);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this JDK does not hand on signals", e);
        }
    }

    private static @Nullable Object answer(
            Object proxy, String method, Object @Nullable [] arguments, Runnable onSignal) {
        return switch (method) {
            case "handle" -> {
                onSignal.run();
                yield null;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "handler of ropewalk";
        };
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return type("Signal")
                .getMethod("handle", signal.getClass(), type("SignalHandler"))
                .invoke(null, signal, handler);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("sun.misc." + name);
    }

    boolean happened() {
        return count.get() > 0;
    }

    @Override
    public void close() {
        for (Replaced each : replaced) {
            try {
                handle(each.signal(), each.handler());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this JDK does not hand on signals", e);
            }
        }
    }
}
