package jp.sekisho.tools.backtest;

import java.util.Arrays;
import java.util.function.IntPredicate;
import jp.sekisho.policies.risk.Level;

/**
 * What a model stops and whom it asks again under one criterion.
 *
 * @param model whose score
 * @param criterion what was asked for, in words
 * @param threshold stopped or asked from this score on, nats; NaN where the levels of the policy decide
 * @param groups by {@link Experience}, all of them last
 */
record Result(Model model, String criterion, double threshold, Group[] groups) {

    /**
     * @param experience null for all
     * @param attacks number
     * @param stopped of them
     * @param honest number of honest logins
     * @param asked of them
     */
    record Group(Experience experience, int attacks, int stopped, int honest, int asked) {

        double stoppedShare() {
            return attacks == 0 ? Double.NaN : (double) stopped / attacks;
        }

        double askedShare() {
            return honest == 0 ? Double.NaN : (double) asked / honest;
        }

        String label() {
            return experience == null ? "all" : experience.label();
        }
    }

    static Result atThreshold(Scores scores, Model model, double threshold) {
        return of(
                scores,
                model,
                "score >= " + Text.number(threshold),
                threshold,
                i -> scores.score(model, i) >= threshold);
    }

    /** At the highest threshold that stops at least this share of the attacks. */
    static Result atStopRate(Scores scores, Model model, double rate) {
        double[] attacks = scores.sorted(model, true, null);
        int needed = Math.max(1, (int) Math.ceil(rate * attacks.length));
        double threshold = attacks.length == 0 ? Double.NaN : attacks[attacks.length - needed];
        return of(
                scores,
                model,
                "stops " + Text.percent(rate) + " of attacks",
                threshold,
                i -> scores.score(model, i) >= threshold);
    }

    /** At the lowest threshold that asks at most this share of the honest logins with 12 or more earlier ones. */
    static Result atAskRate(Scores scores, Model model, double rate) {
        double[] honest = scores.sorted(model, false, Experience.MANY);
        int allowed = (int) Math.floor(rate * honest.length);
        double threshold = honest.length == 0
                ? Double.NaN
                : allowed == honest.length ? honest[0] : Math.nextUp(honest[honest.length - 1 - allowed]);
        return of(
                scores,
                model,
                "asks " + Text.percent(rate) + " of honest 12+",
                threshold,
                i -> scores.score(model, i) >= threshold);
    }

    /** With the policy's own levels, little history included. */
    static Result atLevel(Scores scores, Level level) {
        return of(
                scores,
                Model.SEKISHO,
                "policy " + level + " or more",
                Double.NaN,
                i -> scores.level(i).compareTo(level) >= 0);
    }

    private static Result of(Scores scores, Model model, String criterion, double threshold, IntPredicate suspicious) {
        int groups = Experience.values().length + 1;
        int[][] counts = new int[groups][4];
        for (int i = 0; i < scores.size(); i++) {
            int kind = scores.attack(i) ? 0 : 2;
            int hit = suspicious.test(i) ? 1 : 0;
            for (int group : new int[] {scores.experience(i).ordinal(), groups - 1}) {
                counts[group][kind]++;
                counts[group][kind + 1] += hit;
            }
        }
        Group[] result = new Group[groups];
        Arrays.setAll(
                result,
                g -> new Group(
                        g < groups - 1 ? Experience.values()[g] : null,
                        counts[g][0],
                        counts[g][1],
                        counts[g][2],
                        counts[g][3]));
        return new Result(model, criterion, threshold, result);
    }
}
