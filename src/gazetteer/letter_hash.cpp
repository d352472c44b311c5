#include "gazetteer/letter_hash.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kharita::gazetteer {

std::uint64_t letters_hash(std::string_view letters) noexcept {
    std::array<char, 64> padded{};
    if (letters.size() + letter_padding <= padded.size()) {
        std::copy(letters.begin(), letters.end(), padded.begin());
        return padded_letters_hash(padded.data(), letters.size());
    }
    // Sixteen by sixteen, so that only the last need be padded.
    using namespace letter_hash_detail;
    std::uint64_t state = letters.size() * first_factor;
    while (letters.size() > 16) {
        state = mix(state, load_little<std::uint64_t>(letters.data()),
                    load_little<std::uint64_t>(letters.data() + 8));
        letters.remove_prefix(16);
    }
    std::copy(letters.begin(), letters.end(), padded.begin());
    return mix(state, load_little<std::uint64_t>(padded.data()),
               load_little<std::uint64_t>(padded.data() + 8));
}

} // namespace kharita::gazetteer
