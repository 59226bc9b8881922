package dev.ropewalk.cli;

import dev.ropewalk.format.cel.ExpressionLimits;
import dev.ropewalk.format.tree.TreeLimits;
import dev.ropewalk.plan.PlanLimits;

/// How large plans may be.
///
/// @param file a plan's file
/// @param plan what is in it, sub-plans included
/// @param expression one of its expressions
record ReadingLimits(TreeLimits file, PlanLimits plan, ExpressionLimits expression) {

    static final ReadingLimits DEFAULT =
            new ReadingLimits(TreeLimits.DEFAULT, PlanLimits.DEFAULT, ExpressionLimits.DEFAULT);
}
