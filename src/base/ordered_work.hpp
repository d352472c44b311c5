#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace kharita {

/// Work that several threads do while its results are taken in the order in which it came, by the thread that
/// brings it: that of reading a file, say, and using what was parsed. The outcome is the same whatever the
/// number of threads.
class OrderedWork {
public:
    /// With `jobs` threads, the calling one among them; up to `most` pieces are held at a time, one if there
    /// is only one thread.
    OrderedWork(std::size_t jobs, std::size_t most);
    OrderedWork(OrderedWork const&) = delete;
    OrderedWork& operator=(OrderedWork const&) = delete;
    OrderedWork(OrderedWork&&) = delete;
    OrderedWork& operator=(OrderedWork&&) = delete;
    /// What was not taken by then is forgotten.
    ~OrderedWork();

    /// Brings a piece: `work` is called on any thread, `take` afterwards on the calling one, during this or a
    /// later call. What `work` throws comes from the call that would take its result.
    void add(std::function<void()> work, std::function<void()> take);

    /// Takes all that is left.
    void finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kharita
