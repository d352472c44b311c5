#include "geo/long_line.hpp"
#include "support.hpp"

// Coordinates that are read apart have no empty list, and leave what stands round them.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const line = kharita::fuzz::as_text(data, size);
    auto const split = kharita::geo::split_line(line);
    if (!split) {
        return 0;
    }
    kharita::fuzz::require(!split->coordinates.lists.empty(), "there is a list");
    for (auto const& lists : split->coordinates.lists) {
        kharita::fuzz::require(!lists.empty(), "no list of lists is empty");
        for (auto const& list : lists) {
            kharita::fuzz::require(!list.empty(), "no list of positions is empty");
        }
    }
    std::string_view const rest = split->rest;
    std::size_t same = 0;
    while (same < rest.size() && rest[same] == line[same]) {
        ++same;
    }
    kharita::fuzz::require(rest.substr(0, same).ends_with('[') && rest.substr(same).starts_with(']') &&
                               line.ends_with(rest.substr(same + 1)),
                           "the rest is the same");
    return 0;
}
