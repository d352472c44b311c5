#pragma once

#include "gazetteer/gazetteer.hpp"
#include "model/document.hpp"

namespace kharita::eval {

/// What matching exact names comes to: every name of the gazetteer that stands in the text letter by letter,
/// the longest first, behind proclitics too, each resolved to its most prominent and then most populous
/// place. No context is looked at. What a better reader is measured against.
Document exact_matches(Report report, gazetteer::Gazetteer const& gazetteer);

} // namespace kharita::eval
