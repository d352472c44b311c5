#pragma once

#include <string>
#include <string_view>

namespace kharita {

/// UTF-8 text as it may stand in the content and the quoted attributes of XML 1.0 and HTML: `& < > "` become
/// entities, and control characters that XML has no way to write (section 2.2) U+FFFD.
std::string in_markup(std::string_view text);

} // namespace kharita
