package dev.ropewalk.tool.system.http;

/// One header of a request.
record HeaderField(String name, String value) {

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
