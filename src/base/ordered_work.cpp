#include "base/ordered_work.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace kharita {

struct OrderedWork::State {
    struct Piece {
        std::function<void()> work;
        std::function<void()> take;
        std::exception_ptr error;
        bool is_done = false;
    };

    std::size_t most = 1;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::unique_ptr<Piece>> pieces; ///< the first `begun` of them are being worked on, or done
    std::size_t begun = 0;
    bool is_ending = false;
    std::vector<std::jthread> threads; // the last member: they end before the rest goes

    State() = default;
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;
    ~State() {
        {
            std::lock_guard const lock{mutex};
            is_ending = true;
        }
        changed.notify_all();
    }

    /// Does the next piece that nobody has begun; the lock is held before and after.
    void work(std::unique_lock<std::mutex>& lock) {
        Piece& piece = *pieces[begun++];
        lock.unlock();
        std::exception_ptr error;
        try {
            piece.work();
        } catch (...) {
            error = std::current_exception();
        }
        lock.lock();
        piece.error = error;
        piece.is_done = true;
        changed.notify_all();
    }

    void run() {
        std::unique_lock lock{mutex};
        while (true) {
            changed.wait(lock, [&] { return is_ending || begun < pieces.size(); });
            if (is_ending) {
                return;
            }
            work(lock);
        }
    }

    /// Takes the first piece if it is done; else does some work, or waits for it.
    void step() {
        std::unique_lock lock{mutex};
        if (pieces.front()->is_done) {
            std::unique_ptr<Piece> const first = std::move(pieces.front());
            pieces.pop_front();
            --begun;
            lock.unlock();
            if (first->error) {
                std::rethrow_exception(first->error);
            }
            first->take();
        } else if (begun < pieces.size()) {
            work(lock);
        } else {
            changed.wait(lock, [&] { return pieces.front()->is_done; });
        }
    }
};

OrderedWork::OrderedWork(std::size_t jobs, std::size_t most) : m_state{std::make_unique<State>()} {
    State& state = *m_state;
    state.most = jobs < 2 ? 1 : std::max<std::size_t>(most, 1);
    for (std::size_t i = 1; i < jobs; ++i) {
        state.threads.emplace_back([&state] { state.run(); });
    }
}

OrderedWork::~OrderedWork() = default;

void OrderedWork::add(std::function<void()> work, std::function<void()> take) {
    auto piece = std::make_unique<State::Piece>();
    piece->work = std::move(work);
    piece->take = std::move(take);
    {
        std::lock_guard const lock{m_state->mutex};
        m_state->pieces.push_back(std::move(piece));
    }
    m_state->changed.notify_all();
    while (m_state->pieces.size() >= m_state->most) { // only this thread changes their number
        m_state->step();
    }
}

void OrderedWork::finish() {
    while (!m_state->pieces.empty()) {
        m_state->step();
    }
}

} // namespace kharita
