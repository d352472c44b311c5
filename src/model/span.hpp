#pragma once

#include <compare>
#include <cstddef>
#include <string_view>

namespace kharita {

/// A half-open range of bytes of a document's UTF-8 text. JSON counts in code points instead (extract/).
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;

    std::size_t size() const noexcept { return end - begin; }
    bool overlaps(Span other) const noexcept { return begin < other.end && other.begin < end; }
    bool contains(Span other) const noexcept { return begin <= other.begin && other.end <= end; }
    std::string_view of(std::string_view text) const noexcept { return text.substr(begin, size()); }

    friend constexpr auto operator<=>(Span, Span) = default;
};

} // namespace kharita
