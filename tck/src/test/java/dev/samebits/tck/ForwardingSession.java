package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import java.nio.FloatBuffer;

/** A session that leaves everything to another one: broken ones override what they break. */
class ForwardingSession implements InferenceSession {
    final InferenceSession session;

    ForwardingSession(InferenceSession session) {
        this.session = session;
    }

    @Override
    public void predict(Matrix x, Matrix y) {
        session.predict(x, y);
    }

    @Override
    public void predict(float[] x, float[] y) {
        session.predict(x, y);
    }

    @Override
    public void predict(FloatBuffer x, FloatBuffer y) {
        session.predict(x, y);
    }

    @Override
    public Network network() {
        return session.network();
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
