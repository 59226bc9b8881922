package dev.ropewalk.cli;

import dev.ropewalk.ExecutionUpdate;

/// Prints a line for everything that happens: for files and pipes.
final class PlainDisplay implements Display {

    private final Terminal terminal;
    private final EventLines lines = new EventLines();

    PlainDisplay(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void update(ExecutionUpdate update) {
        StringBuilder text = new StringBuilder();
        update.messages()
                .forEach(message -> EventLine.of(message)
                        .ifPresent(line -> text.append(line).append('\n')));
        update.events()
                .forEach(event ->
                        lines.of(event).forEach(line -> text.append(line).append('\n')));
        terminal.err().print(text);
        terminal.err().flush();
    }

    @Override
    public synchronized void note(String line) {
        terminal.err().println(line);
    }

    @Override
    public void close() {}
}
