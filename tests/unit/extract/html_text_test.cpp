#include "extract/html_text.hpp"

#include <string>

#include <doctest/doctest.h>

#include "text/utf8.hpp"

using kharita::extract::text_of_html;

TEST_CASE("text_of_html: blocks end lines, references are resolved, scripts vanish") {
    auto const page =
        text_of_html("<html><head><title>خبر &amp; صورة</title><style>p{}</style></head><body>"
                     "<nav><a href=x>الرئيسية</a></nav><h1>قصف &laquo;عنيف&raquo;</h1>\n"
                     "<p>سطر  أول<br>سطر&nbsp;ثان &#1602;&#x642;</p><script>if (a<b) c()</script></body>");
    CHECK(page.title == "خبر & صورة");
    CHECK(page.text == "قصف «عنيف»\nسطر أول\nسطر ثان قق");
}

TEST_CASE("text_of_html: of a page with an article only the article") {
    CHECK(text_of_html("<body>menu<article><p>one</p></article><div>more</div></body>").text == "one");
}

TEST_CASE("text_of_html: broken input gives what can be read") {
    CHECK(text_of_html("").text.empty());
    CHECK(text_of_html("a < b & c &bogus; d").text == "a < b & c &bogus; d");
    CHECK(text_of_html("x<script>never closed").text == "x");
    CHECK(text_of_html("x<p title='>'>y").text == "x\ny");
    CHECK(text_of_html("&#xD800;&#99999999999;").text == "\uFFFD&#99999999999;");
    CHECK_FALSE(kharita::text::first_invalid_utf8(text_of_html("<p>ق&#0;<b").text));
}

TEST_CASE("text_of_html: an article in a comment, a script or a template is none") {
    CHECK(text_of_html("<body><!-- <article>old</article> --><article>new</article></body>").text == "new");
    CHECK(text_of_html(R"(<script>var t = "<article>no</article>";</script><article>yes</article>)").text ==
          "yes");
    CHECK(text_of_html("<template><main>shape</main></template><main>words</main>").text == "words");
    CHECK(text_of_html("<article>a<script>b('</article>')</script>c</article>d").text == "a\nc");
}

TEST_CASE("text_of_html: an element ends with its own end, not with that of one inside it") {
    CHECK(text_of_html("<article>a<article>b</article>c</article>d").text == "a\nb\nc");
    CHECK(text_of_html("x<nav>a<nav>b</nav>c</nav>y").text == "x\ny");
    CHECK(text_of_html("x<svg width=1/><p>y<svg><g/></svg>z").text == "x\ny\nz");
    CHECK(text_of_html("<article>never <b>closed").text == "never closed");
}

TEST_CASE("text_of_html: a page of nothing but beginnings of tags is passed over once") {
    // Were each of them looked for to the end of the page, this would take hours.
    std::string page;
    for (char const* const piece : {"<a ", "</script ", "<nav>", "<!--", "<article", "</scriptx", "</"}) {
        CAPTURE(piece);
        page.clear();
        for (std::size_t i = 0; i < 300000; ++i) {
            page += piece;
        }
        CHECK(text_of_html(page).title.empty());
        CHECK(text_of_html("<script>" + page).text.empty());
    }
}
