package org.badak.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.badak.data.DataException;
import org.badak.train.TrainingException;
import org.badak.tune.Halving;

/// Trains the trials of a search, several at once, each on one thread, and writes down what comes of them. Which ones
/// run side by side, and whether the search was stopped in between, changes nothing: a training depends on its values
/// and its budget alone.
final class Search {
    private final SearchPlan plan;
    private final Trials trials;
    private final Console console;
    private final LiveLine line;
    private final Map<Integer, TrialResult> latest = new TreeMap<>(); // by trial: of its highest rung
    private final List<Long> budgets = new ArrayList<>(); // of each trial, whole
    private List<Halving.Rung> rungs = List.of();
    private volatile boolean stopped;

    Search(SearchPlan plan, Trials trials, Console console) {
        this.plan = plan;
        this.trials = trials;
        this.console = console;
        line = new LiveLine(console);
    }

    /// Asks [#run] to end: trainings that are not done count for nothing.
    void stop() {
        stopped = true;
        trials.stop();
    }

    /// Whether the search was stopped before it was done.
    boolean isStopped() {
        return stopped;
    }

    /// Checks all trials, before anything is trained or written.
    ///
    /// @throws UsageException if a value cannot be carried out
    void check() {
        for (Map<String, String> values : plan.values()) {
            budgets.add(trials.budget(values));
        }
        rungs = plan.rungs(budgets.getFirst());
        for (int trial = 0; trial < budgets.size(); trial++) {
            trials.check(plan.values().get(trial), part(budgets.get(trial), rungs.getFirst()));
        }
    }

    /// Trains all trials, once they are checked.
    ///
    /// @param log has what is done already, and takes what is done now
    /// @return the last result of every trial, the best first: those of the highest rung before those of lower
    ///     ones, those that failed last
    List<TrialResult> run(TrialLog log) {
        List<Integer> alive = new ArrayList<>();
        for (int trial = 0; trial < plan.values().size(); trial++) {
            alive.add(trial);
        }
        for (Halving.Rung rung : rungs) {
            alive = alive.subList(0, rung.trials());
            train(rung, alive, log);
            if (stopped) {
                break;
            }
            alive = alive.stream()
                    .map(trial -> result(trial))
                    .sorted(plan.scoring().bestFirst())
                    .map(TrialResult::trial)
                    .toList();
        }
        return latest.values().stream()
                .sorted(Comparator.comparing(TrialResult::failed)
                        .thenComparing(TrialResult::rung, Comparator.reverseOrder())
                        .thenComparing(plan.scoring().bestFirst()))
                .toList();
    }

    private TrialResult result(int trial) {
        TrialResult result = latest.get(trial);
        if (result == null) {
            throw new IllegalStateException("trial " + trial + " has no result");
        }
        return result;
    }

    private static long part(long budget, Halving.Rung rung) {
        return Math.max(1, Math.round(budget * rung.share()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // they come back as they are done, by take()
    private void train(Halving.Rung rung, List<Integer> alive, TrialLog log) {
        Map<Integer, TrialResult> known = known(rung, alive, log);
        latest.putAll(known);
        List<Integer> open =
                alive.stream().filter(trial -> !known.containsKey(trial)).toList();
        if (rungs.size() > 1) {
            console.note(String.format(
                    Locale.ROOT,
                    Texts.of("Rung %d of %d: %d trials, %s of the budget", "단계 %d/%d: 시도 %d개, 예산의 %s"),
                    rung.number() + 1,
                    rungs.size(),
                    alive.size(),
                    Texts.percent(rung.share())));
        }
        int done = alive.size() - open.size();
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.clamp(open.size(), 1, plan.parallel()))) {
            CompletionService<TrialResult> results = new ExecutorCompletionService<>(workers);
            for (int trial : open) {
                long budget = part(budgets.get(trial), rung);
                results.submit(() -> train(trial, rung.number(), budget));
            }
            for (int i = 0; i < open.size() && !stopped; i++) {
                line.show(progress(done, alive.size()));
                TrialResult result = taken(results);
                if (!stopped) {
                    log.add(result);
                    latest.put(result.trial(), result);
                    done++;
                    line.clear();
                    console.note(told(result, done, alive.size()));
                }
            }
            workers.shutdownNow();
        }
        line.clear();
    }

    /// What the file already has of a rung.
    private Map<Integer, TrialResult> known(Halving.Rung rung, List<Integer> alive, TrialLog log) {
        Map<Integer, TrialResult> known = new LinkedHashMap<>();
        for (TrialResult result : log.results()) {
            if (result.rung() != rung.number()) {
                continue;
            }
            int trial = result.trial();
            boolean fits = alive.contains(trial)
                    && result.values().equals(plan.values().get(trial))
                    && result.budget() == part(budgets.get(trial), rung)
                    && known.put(trial, result) == null;
            if (!fits) {
                throw new DataException(
                        "cannot go on with the search: trials.jsonl belongs to another one",
                        "trials.jsonl, trial " + trial + ", rung " + rung.number(),
                        result.values() + ", budget " + result.budget(),
                        "a trial that this search draws, once, on the same data",
                        "begin a new search in another folder");
            }
        }
        return known;
    }

    private TrialResult train(int trial, int rung, long budget) {
        long begun = System.nanoTime();
        Map<String, String> values = plan.values().get(trial);
        String failure;
        try {
            Trials.Trained trained = trials.train(values, budget);
            double objective = plan.scoring().byLoss() ? trained.loss() : trained.headline();
            if (Double.isFinite(objective) && Double.isFinite(trained.loss())) {
                return new TrialResult(
                        trial,
                        rung,
                        budget,
                        values,
                        trained.headline(),
                        trained.loss(),
                        "",
                        trained.hash(),
                        (System.nanoTime() - begun) / 1e9);
            }
            failure = "the validation score is " + objective + ", the loss " + trained.loss();
        } catch (TrainingException diverged) {
            failure = String.valueOf(diverged.getMessage());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new TrialResult(trial, rung, budget, values, Double.NaN, Double.NaN, failure, "", seconds);
    }

    private TrialResult taken(CompletionService<TrialResult> results) {
        try {
            return results.take().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            trials.stop();
            throw new IllegalStateException("the search was interrupted", interrupted);
        } catch (ExecutionException failed) {
            trials.stop();
            switch (failed.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }

    private String progress(int done, int all) {
        return Texts.of("trial ", "시도 ") + done + "/" + all
                + best().map(best -> Texts.of("  best ", "  최고 ") + shown(best)).orElse("");
    }

    private Optional<TrialResult> best() {
        return latest.values().stream()
                .filter(result -> !result.failed())
                .min(plan.scoring().bestFirst());
    }

    private String told(TrialResult result, int done, int all) {
        return String.format(
                Locale.ROOT,
                "  %" + Integer.toString(all).length() + "d/%d  %s %d: %s  %s",
                done,
                all,
                Texts.of("trial", "시도"),
                result.trial(),
                shown(result),
                values(result.values()));
    }

    private String shown(TrialResult result) {
        if (result.failed()) {
            return Texts.of("diverged", "발산");
        }
        return plan.scoring().name() + " " + scored(plan.scoring(), result);
    }

    /// The number that decides, for people.
    static String scored(TrialScoring scoring, TrialResult result) {
        return scoring.byLoss() ? String.format(Locale.ROOT, "%.4f", result.loss()) : scoring.text(result.headline());
    }

    /// Values for people: `lr 0.01, hidden 50`.
    static String values(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + " " + value.getValue())
                .collect(Collectors.joining(", "));
    }
}
