#include "base/thread_pool.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace kharita {

std::size_t default_jobs() noexcept {
    return std::max(1U, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t count, std::size_t jobs, std::function<void(std::size_t)> const& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stop{false};
    std::mutex mutex;
    std::exception_ptr error;
    std::size_t error_index = count;

    auto const run = [&] {
        while (!stop) {
            std::size_t const i = next++;
            if (i >= count) {
                return;
            }
            try {
                work(i);
            } catch (...) {
                std::lock_guard const lock{mutex};
                if (i < error_index) {
                    error_index = i;
                    error = std::current_exception();
                }
                stop = true;
            }
        }
    };

    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::min(jobs, count); ++i) {
        threads.emplace_back(run);
    }
    run();
    threads.clear();
    if (error) {
        std::rethrow_exception(error);
    }
}

} // namespace kharita
