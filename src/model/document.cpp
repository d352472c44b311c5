#include "model/document.hpp"

#include "base/hash.hpp"

namespace kharita {

std::string document_id(std::string_view source, std::string_view url, std::string_view published,
                        std::string_view text) {
    constexpr std::size_t digits = 32;
    return Sha256{}.field(source).field(url).field(published).field(text).hex(digits);
}

std::string document_id(Report const& report) {
    return document_id(report.source, report.url,
                       report.published ? to_string(*report.published) : std::string{}, report.text);
}

} // namespace kharita
