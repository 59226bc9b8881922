package dev.ropewalk.agent;

import dev.ropewalk.agent.RoutingScore.Part;
import java.util.List;

/// Computes the score of one candidate after the other, for one task. See [RoutingScore] for the
/// formula.
final class Routing {

    private final RoutingOptions options;
    private final AgentDemand demand;
    private final TaskProfile task;
    private final long now;
    private final double work;
    private final double complexity;

    // Of the candidate that was looked at last.
    double wait;
    double run;
    double cost;
    double total;
    private double success;
    private double contention;
    private double proficiency;
    private boolean cold;

    Routing(RoutingOptions options, AgentDemand demand, TaskProfile task, double work, long now) {
        this.options = options;
        this.demand = demand;
        this.task = task;
        this.now = now;
        this.work = work;
        this.complexity = task.complexity(demand, work);
    }

    /// @param room when the candidate has room
    void look(Member candidate, long room) {
        wait = Math.max(0, room - now);
        Experience experience = candidate.experience;
        experience.look(demand.tool(), now);
        run = work * experience.slowness / candidate.speed();
        success = experience.success;
        cost = candidate.profile.microCost(run) / success;
        contention = contention(candidate);
        proficiency = proficiency(candidate);
        cold = !experience.warm;
        total = wait
                + run
                + run * (1 / success - 1)
                + cost * costWeight()
                + run * options.demandWeight() * contention
                + run * options.proficiencyWeight() * complexity * (1 - proficiency)
                + coldMicros();
    }

    private double coldMicros() {
        return cold ? (double) options.coldMicros() : 0;
    }

    private double costWeight() {
        return options.costWeight() / task.urgency();
    }

    private double contention(Member candidate) {
        double most = 0;
        for (Contention.Use use : candidate.uses) {
            if (!demand.capabilities().containsKey(use.capability)) {
                most = Math.max(most, use.contention());
            }
        }
        return most;
    }

    /// The mean over what is asked for, from 0 to 1; 1 if nothing is.
    private double proficiency(Member candidate) {
        if (demand.capabilities().isEmpty()) {
            return 1;
        }
        long sum = 0;
        for (String asked : demand.capabilities().keySet()) {
            sum += candidate.profile.capabilities().getOrDefault(asked, 0);
        }
        return sum / 1e3 / demand.capabilities().size();
    }

    RoutingScore score(Member candidate, long room) {
        look(candidate, room);
        double slack = run * options.proficiencyWeight() * complexity;
        return new RoutingScore(
                candidate.name(),
                room <= now,
                Math.round(wait + run),
                Math.round(total),
                Math.round(cost),
                List.of(
                        part("load", candidate.leases.size() / (double) candidate.profile.capacity(), 1, wait),
                        part("speed", work / run, 1, run),
                        part("success", success, 1, run * (1 / success - 1)),
                        part("cost", cost / 1e6, costWeight(), cost * costWeight()),
                        part("demand", contention, options.demandWeight(), run * options.demandWeight() * contention),
                        part(
                                "proficiency",
                                proficiency,
                                options.proficiencyWeight() * complexity,
                                slack * (1 - proficiency)),
                        part("affinity", cold ? 0 : 1, 1, coldMicros()),
                        part("complexity", complexity, options.proficiencyWeight(), 0),
                        part("priority", task.priority(), task.urgency(), 0)));
    }

    private static Part part(String factor, double value, double weight, double micros) {
        return new Part(factor, value, weight, Math.round(micros));
    }
}
