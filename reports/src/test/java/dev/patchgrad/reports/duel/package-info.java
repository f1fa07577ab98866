/** Tests of duels. */
@NullMarked
package dev.patchgrad.reports.duel;

import org.jspecify.annotations.NullMarked;
