package jp.sekisho.tools.backtest;

import java.util.Arrays;
import jp.sekisho.policies.risk.Level;

/** What the two models made of each attack and each honest login. */
final class Scores {

    private static final Experience[] EXPERIENCES = Experience.values();
    private static final Level[] LEVELS = Level.values();

    private double[] sekisho = new double[1024];
    private double[] freeman = new double[1024];
    private byte[] level = new byte[1024];
    private byte[] experience = new byte[1024];
    private boolean[] attack = new boolean[1024];
    private int size;

    void add(boolean isAttack, int earlierLogins, double sekishoScore, Level sekishoLevel, double freemanScore) {
        if (size == sekisho.length) {
            int capacity = size + (size >> 1);
            sekisho = Arrays.copyOf(sekisho, capacity);
            freeman = Arrays.copyOf(freeman, capacity);
            level = Arrays.copyOf(level, capacity);
            experience = Arrays.copyOf(experience, capacity);
            attack = Arrays.copyOf(attack, capacity);
        }
        sekisho[size] = sekishoScore;
        freeman[size] = freemanScore;
        level[size] = (byte) sekishoLevel.ordinal();
        experience[size] = (byte) Experience.of(earlierLogins).ordinal();
        attack[size] = isAttack;
        size++;
    }

    int size() {
        return size;
    }

    double score(Model model, int index) {
        return model == Model.SEKISHO ? sekisho[index] : freeman[index];
    }

    Level level(int index) {
        return LEVELS[level[index]];
    }

    Experience experience(int index) {
        return EXPERIENCES[experience[index]];
    }

    boolean attack(int index) {
        return attack[index];
    }

    /** The scores of all attacks, or of all honest logins (of one experience, or of all where null), ascending. */
    double[] sorted(Model model, boolean attacks, Experience of) {
        double[] scores = new double[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (attack[i] == attacks && (of == null || experience[i] == of.ordinal())) {
                scores[count++] = score(model, i);
            }
        }
        double[] sorted = Arrays.copyOf(scores, count);
        Arrays.parallelSort(sorted);
        return sorted;
    }
}
