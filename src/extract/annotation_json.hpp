#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/document.hpp"

namespace kharita::extract {

/// How much of a report's text goes into its annotation.
enum class TextForm {
    whole,  ///< key "text", as given
    quotes, ///< no text: each event and zone carries the sentence it stands in under "quote"
};

/// A document as one line of JSON, without a line end: the form of schemas/annotation.schema.json.
///
/// Offsets are written as Unicode code points of the text; keys always in the same order; numbers rounded to
/// 1e-7; the input's other keys (Report::extra) at the end. Spans must lie on character boundaries.
std::string to_json(Document const& document, TextForm form = TextForm::whole);

/// Reads annotated documents, one line each. Reuse one per thread: it keeps its buffers.
class AnnotationReader {
public:
    AnnotationReader();
    AnnotationReader(AnnotationReader&&) noexcept;
    AnnotationReader& operator=(AnnotationReader&&) noexcept;
    AnnotationReader(AnnotationReader const&) = delete;
    AnnotationReader& operator=(AnnotationReader const&) = delete;
    ~AnnotationReader();

    /// The document of one line, offsets turned back into bytes; `to_json` of it gives the same line. Valid
    /// until the next read(), which uses its memory again: making and freeing its texts would cost a third of
    /// reading.
    ///
    /// A document without text (TextForm::quotes) gets one that holds its quotes, mentions and triggers at
    /// their offsets with blanks between, so that every span still names what it named.
    /// Throws InputError saying what was found and what was expected: "mentions[3]: end is 900; expected at
    /// most 412". The caller knows file and line.
    Document const& read(std::string_view line);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// As AnnotationReader::read, for a single line.
Document from_json(std::string_view line);

} // namespace kharita::extract
