#pragma once

#include <string>

namespace kharita::test {

/// U+202E, which turns what follows it round on a screen. Put together from bytes, so that no literal in our
/// sources is shown the wrong way round.
inline std::string right_to_left_override() {
    return {'\xE2', '\x80', '\xAE'};
}

} // namespace kharita::test
