#pragma once

#include <string>
#include <string_view>

namespace kharita::extract {

/// What a reader sees of a page, as plain text.
struct HtmlText {
    std::string title; ///< of `<title>`, else empty
    std::string text;  ///< a line a block, white space joined, nothing of scripts, styles, or navigation
};

/// Takes the text out of HTML, however broken: tags are dropped, block elements end lines, character
/// references are resolved. Of a page with `<article>` or `<main>` only that part is kept. Valid UTF-8 in
/// gives valid UTF-8 out. Takes time proportional to the page's length.
HtmlText text_of_html(std::string_view html);

} // namespace kharita::extract
