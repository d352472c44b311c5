#pragma once

#include <optional>
#include <string_view>

#include "model/correction.hpp"
#include "model/event.hpp"
#include "model/mention.hpp"
#include "model/zone.hpp"

namespace kharita {

// The words for enumerators in JSON, database and layers; the inverse gives nothing for any other word.

std::string_view name_of(Role role) noexcept;
std::string_view name_of(Relation::Kind kind) noexcept;
std::string_view name_of(Modality modality) noexcept;
std::string_view name_of(ZoneKind kind) noexcept;
std::string_view name_of(ZoneStatus status) noexcept;
std::string_view name_of(Correction::Kind kind) noexcept;

/// The enumerator with that name: `parse_name<Role>("scope")`.
template <typename Enum>
std::optional<Enum> parse_name(std::string_view name) noexcept;

extern template std::optional<Role> parse_name(std::string_view) noexcept;
extern template std::optional<Relation::Kind> parse_name(std::string_view) noexcept;
extern template std::optional<Modality> parse_name(std::string_view) noexcept;
extern template std::optional<ZoneKind> parse_name(std::string_view) noexcept;
extern template std::optional<ZoneStatus> parse_name(std::string_view) noexcept;
extern template std::optional<Correction::Kind> parse_name(std::string_view) noexcept;

} // namespace kharita
