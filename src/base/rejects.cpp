#include "base/rejects.hpp"

#include <utility>

#include <fmt/core.h>

namespace kharita {

std::string to_string(Reject const& reject) {
    return reject.line == 0 ? fmt::format("{}: {}", reject.file, reject.reason)
                            : fmt::format("{}:{}: {}", reject.file, reject.line, reject.reason);
}

Reject make_reject(std::string file, std::size_t line, std::string reason, std::string_view text) {
    constexpr std::size_t limit = 200;
    if (text.size() > limit) {
        std::size_t end = limit;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text = text.substr(0, end);
    }
    return {.file = std::move(file), .line = line, .reason = std::move(reason), .text = std::string{text}};
}

} // namespace kharita
