#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gazetteer/index_format.hpp"

namespace kharita::gazetteer {

/// What the header of a compiled gazetteer says beside where the sections are.
struct IndexFacts {
    std::size_t places = 0;
    std::uint32_t longest_name = 0;
    std::string content_hash;
    std::string_view input_hash;
};

/// The compiled gazetteer: its header and its sections, which are emptied on the way; the checksums last. See
/// docs/gazetteer-format.md.
std::string assemble_index(std::array<std::string, section_count>& sections, IndexFacts const& facts);

} // namespace kharita::gazetteer
