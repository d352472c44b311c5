#include "base/hash_pieces.hpp"

#include <memory>
#include <new>

#include <xxhash.h>
#if __has_include(<xxh_x86dispatch.h>) && defined(__x86_64__)
#include <xxh_x86dispatch.h> // with the widest registers that the processor has; hashes are the same
#endif

namespace kharita {

namespace {

struct FreeState {
    void operator()(XXH3_state_t* state) const noexcept { XXH3_freeState(state); }
};

} // namespace

std::uint64_t xxh3_of_pieces(std::span<std::string_view const> pieces) {
    std::unique_ptr<XXH3_state_t, FreeState> const state{XXH3_createState()};
    if (!state) {
        throw std::bad_alloc{};
    }
    XXH3_64bits_reset(state.get());
    for (std::string_view const piece : pieces) {
        if (!piece.empty()) {
            XXH3_64bits_update(state.get(), piece.data(), piece.size());
        }
    }
    return XXH3_64bits_digest(state.get());
}

} // namespace kharita
