package jp.sekisho.demo.tour;

/** One step of the story: what is to happen, and who makes it happen. */
record Step(String title, Walk walk) {

    @FunctionalInterface
    interface Walk {
        void go() throws Exception;
    }
}
