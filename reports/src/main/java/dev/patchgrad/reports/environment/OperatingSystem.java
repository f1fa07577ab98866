package dev.patchgrad.reports.environment;

/**
 * The operating system of a run.
 *
 * @param name such as {@code Debian GNU/Linux}
 * @param version with the kernel's
 * @param architecture as Java names it, such as {@code amd64}
 */
public record OperatingSystem(String name, String version, String architecture) {}
