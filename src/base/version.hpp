#pragma once

#include <string_view>

namespace kharita {

/// The program's version, written into databases, manifests and tile metadata.
inline constexpr std::string_view program_version = "0.1.0";

} // namespace kharita
