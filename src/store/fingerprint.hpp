#pragma once

#include <string>
#include <string_view>

#include "model/document.hpp"

namespace kharita::store {

/// SHA-256 over every field of a document, 64 hexadecimal digits: equal for equal documents only.
std::string fingerprint(Document const& document);

/// The doc_id that a report's content gives: 32 digits of SHA-256 over source, url, published and text, each
/// with its length before it. Differs from Report::doc_id where the text is not whole.
std::string content_doc_id(std::string_view source, std::string_view url, std::string_view published,
                           std::string_view text);

} // namespace kharita::store
