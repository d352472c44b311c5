#pragma once

#include <string>

#include "model/document.hpp"

namespace kharita::store {

/// SHA-256 over every field of a document, 64 hexadecimal digits: equal for equal documents only.
std::string fingerprint(Document const& document);

} // namespace kharita::store
