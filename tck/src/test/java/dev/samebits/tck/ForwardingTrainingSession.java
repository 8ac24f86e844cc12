package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Optimizer;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.TrainingState;

/** A training session that leaves everything to another one, but says that it trains as asked: broken ones override. */
class ForwardingTrainingSession implements TrainingSession {
    final TrainingSession session;
    private final TrainingOptions asked;

    ForwardingTrainingSession(TrainingSession session, TrainingOptions asked) {
        this.session = session;
        this.asked = asked;
    }

    @Override
    public double step(Matrix x, Matrix targets, float learningRate, float weightDecay) {
        return session.step(x, targets, learningRate, weightDecay);
    }

    @Override
    public double step(Matrix x, Matrix targets, float[] weights, float learningRate, float weightDecay) {
        return session.step(x, targets, weights, learningRate, weightDecay);
    }

    @Override
    public void predict(Matrix x, Matrix y) {
        session.predict(x, y);
    }

    @Override
    public TrainingState state() {
        return session.state();
    }

    @Override
    public void restore(TrainingState state) {
        session.restore(state);
    }

    @Override
    public Network network() {
        return session.network();
    }

    @Override
    public Loss loss() {
        return session.loss();
    }

    @Override
    public Objective objective() {
        return session.objective();
    }

    @Override
    public Optimizer optimizer() {
        return session.optimizer();
    }

    @Override
    public TrainingOptions training() {
        return asked;
    }

    @Override
    public Backend backend() {
        return session.backend();
    }

    @Override
    public int threads() {
        return session.threads();
    }

    @Override
    public void close() {
        session.close();
    }
}
