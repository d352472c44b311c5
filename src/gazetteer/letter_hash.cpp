#include "gazetteer/letter_hash.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kharita::gazetteer {

std::uint64_t letters_hash(std::string_view letters) noexcept {
    // Block by block, so that only the last need be padded.
    std::uint64_t state = 0;
    while (letters.size() > LetterBlock::size) {
        state = letter_hash_detail::mix(state, LetterBlock::read(letters.data(), LetterBlock::size));
        letters.remove_prefix(LetterBlock::size);
    }
    std::array<char, LetterBlock::size> padded{};
    std::copy(letters.begin(), letters.end(), padded.begin());
    return letter_hash_detail::mix(state, LetterBlock::read(padded.data(), letters.size()));
}

} // namespace kharita::gazetteer
