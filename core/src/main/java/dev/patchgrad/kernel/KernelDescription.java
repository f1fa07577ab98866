package dev.patchgrad.kernel;

/**
 * What a kernel of the list is, for one who chooses between them.
 *
 * @param name that {@link Kernels#create} takes
 * @param layout the order of the elements that it reads, in words
 * @param shapes what it is for: its idea, and the p and k that the idea is good at
 */
public record KernelDescription(String name, String layout, String shapes) {}
