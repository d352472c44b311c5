#pragma once

#include <string>
#include <string_view>

namespace kharita {

/// A text in which no password stands that a person gave with an address: "postgresql://desk:***@host/events"
/// for any scheme, and "password=***". For all that is said to people, who may pass it on.
std::string without_passwords(std::string_view text);

} // namespace kharita
