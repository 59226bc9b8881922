package dev.ropewalk.execution;

/// First in, first out, of ints; grows as needed.
final class IntQueue {

    private int[] items = new int[16];
    private int head;
    private int size;

    void add(int item) {
        if (size == items.length) {
            int[] larger = new int[size * 2];
            System.arraycopy(items, head, larger, 0, size - head);
            System.arraycopy(items, 0, larger, size - head, head);
            items = larger;
            head = 0;
        }
        items[(head + size++) & (items.length - 1)] = item;
    }

    int take() {
        int item = items[head];
        head = (head + 1) & (items.length - 1);
        size--;
        return item;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int[] drain() {
        int[] all = new int[size];
        for (int i = 0; i < all.length; i++) {
            all[i] = take();
        }
        return all;
    }
}
