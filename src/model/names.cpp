#include "model/names.hpp"

#include <array>
#include <cstddef>

namespace kharita {

namespace {

template <typename Enum>
struct Names;

template <>
struct Names<Role> {
    static constexpr std::array<std::string_view, 6> all{"event",   "scope",   "origin",
                                                         "heading", "metonym", "other"};
};
template <>
struct Names<Relation::Kind> {
    static constexpr std::array<std::string_view, 8> all{"offset", "direction", "between", "outskirts",
                                                         "near",   "axis",      "road",    "part"};
};
template <>
struct Names<Modality> {
    static constexpr std::array<std::string_view, 6> all{"occurred",   "failed", "planned",
                                                         "threatened", "denied", "historical"};
};
template <>
struct Names<ZoneKind> {
    static constexpr std::array<std::string_view, 5> all{"safe_zone", "corridor", "deescalation", "buffer",
                                                         "no_fly"};
};
template <>
struct Names<ZoneStatus> {
    static constexpr std::array<std::string_view, 5> all{"proposed", "agreed", "in_force", "violated",
                                                         "ended"};
};
template <>
struct Names<Correction::Kind> {
    static constexpr std::array<std::string_view, 7> all{"alias", "force_place", "never_place", "merge",
                                                         "split", "edit",        "delete"};
};

template <typename Enum>
std::string_view lookup(Enum value) noexcept {
    return Names<Enum>::all[static_cast<std::size_t>(value)];
}

} // namespace

std::string_view name_of(Role role) noexcept {
    return lookup(role);
}
std::string_view name_of(Relation::Kind kind) noexcept {
    return lookup(kind);
}
std::string_view name_of(Modality modality) noexcept {
    return lookup(modality);
}
std::string_view name_of(ZoneKind kind) noexcept {
    return lookup(kind);
}
std::string_view name_of(ZoneStatus status) noexcept {
    return lookup(status);
}
std::string_view name_of(Correction::Kind kind) noexcept {
    return lookup(kind);
}

template <typename Enum>
std::optional<Enum> parse_name(std::string_view name) noexcept {
    auto const& all = Names<Enum>::all;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] == name) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

template std::optional<Role> parse_name(std::string_view) noexcept;
template std::optional<Relation::Kind> parse_name(std::string_view) noexcept;
template std::optional<Modality> parse_name(std::string_view) noexcept;
template std::optional<ZoneKind> parse_name(std::string_view) noexcept;
template std::optional<ZoneStatus> parse_name(std::string_view) noexcept;
template std::optional<Correction::Kind> parse_name(std::string_view) noexcept;

} // namespace kharita
