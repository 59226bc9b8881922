package dev.ropewalk.benchmark;

import dev.ropewalk.value.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// How figures are shown.
final class FigureTable {

    private FigureTable() {}

    static void print(PrintWriter out, List<Figure> figures, boolean json) {
        if (json) {
            byte[] text = Json.write(figures.stream().map(Figure::toMap).toList());
            out.println(new String(text, StandardCharsets.UTF_8));
        } else {
            out.printf("%-6s %-7s %8s  %-44s %14s%n", "", "store", "n", "metric", "median");
            figures.forEach(figure -> out.printf(
                    Locale.ROOT,
                    "%-6s %-7s %8d  %-44s %14.3f %s%n",
                    figure.workload(),
                    figure.store(),
                    figure.n(),
                    figure.metric(),
                    figure.value(),
                    figure.unit()));
        }
        out.flush();
    }
}
