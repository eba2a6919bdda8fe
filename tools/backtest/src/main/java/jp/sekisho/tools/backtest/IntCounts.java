package jp.sekisho.tools.backtest;

/** How often each number was seen: open addressing in two arrays, for millions of small tables. */
final class IntCounts {

    private int[] keys;
    private int[] counts;
    private int size;

    IntCounts() {
        keys = new int[16];
        counts = new int[16];
    }

    int get(int key) {
        return counts[slot(key)];
    }

    void increment(int key) {
        int slot = slot(key);
        if (counts[slot]++ == 0) {
            keys[slot] = key;
            if (++size * 4 > keys.length * 3) {
                grow();
            }
        }
    }

    private int slot(int key) {
        int mask = keys.length - 1;
        int slot = (key * 0x9E3779B9) >>> 8 & mask;
        while (counts[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new int[oldKeys.length * 2];
        counts = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
