#include "text/fold_blocks.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "text/fold_kernels.hpp"
#include "text/fold_table.hpp"
#include "text/folded_text.hpp"
#include "text/utf8.hpp"

namespace kharita::text {

namespace {

constexpr std::size_t longest_expansion = 32; ///< of one character; the longest has 18 letters

} // namespace

void FoldedBlocks::fold(std::string_view utf8) {
    m_size = 0;
    FoldKernel const kernel = fold_kernel(m_simd);
    std::array<char, 2 * fold_step_size> tail{};
    for (std::size_t at = 0; at < utf8.size();) {
        std::string_view const rest = utf8.substr(at);
        char const* source = rest.data();
        std::size_t readable = rest.size();
        if (readable <= fold_step_size) { // CR, which no step takes, stands behind the last bytes
            tail.fill('\r');
            std::copy(rest.begin(), rest.end(), tail.begin());
            source = tail.data();
            readable = tail.size();
        }
        make_room(m_size + readable);
        FoldStep const step =
            kernel(source, readable, static_cast<std::uint32_t>(at),
                   {m_codes.data() + m_size, m_written.data() + m_size, m_source.data() + m_size});
        if (step.consumed == 0) {
            fold_one(rest, static_cast<std::uint32_t>(at));
            auto const length = std::max<std::size_t>(decode(rest).length, 1);
            at += rest.starts_with("\r\n") ? 2 : length;
            continue;
        }
        m_size += step.count;
        at += step.consumed;
    }
    make_room(m_size);
    std::memset(m_codes.data() + m_size, 0, padding);
    m_source[m_size] = static_cast<std::uint32_t>(utf8.size());
}

/// For as many codes, what one more step writes, and the padding.
void FoldedBlocks::make_room(std::size_t codes) {
    std::size_t const room = codes + padding + 2 * fold_step_size + longest_expansion;
    if (m_codes.size() < room) {
        m_codes.resize(2 * room);
        m_written.resize(2 * room);
        m_source.resize(2 * room);
    }
}

void FoldedBlocks::fold_one(std::string_view rest, std::uint32_t at) {
    auto const [character, length] = decode(rest);
    std::string_view const codes =
        length == 0 ? std::string_view{&other_letter, 1} : folded_character(character);
    for (char const code : codes) {
        m_codes[m_size] = code;
        m_written[m_size] = written_other;
        m_source[m_size] = at;
        ++m_size;
    }
}

} // namespace kharita::text
