package dev.ropewalk.tool;

/// How much a message matters.
public enum MessageLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR
}
