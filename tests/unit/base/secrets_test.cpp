#include "base/secrets.hpp"

#include <string_view>

#include <doctest/doctest.h>

using kharita::without_passwords;

TEST_CASE("without_passwords: what stands between user and host, and after password=") {
    struct Row {
        std::string_view text;
        std::string_view expected;
    };
    for (Row const& row : {
             Row{"postgresql://desk:secret@db:5432/events: no", "postgresql://desk:***@db:5432/events: no"},
             Row{"postgres://desk:a/b@c@db/events", "postgres://desk:***@db/events"},
             Row{"postgresql://:secret@db/events", "postgresql://:***@db/events"},
             Row{"two: postgresql://a:1@h/x and postgresql://b:2@h/y",
                 "two: postgresql://a:***@h/x and postgresql://b:***@h/y"},
             Row{"postgresql://desk@db/events?password=secret&sslmode=require",
                 "postgresql://desk@db/events?password=***&sslmode=require"},
             Row{"host=db password=secret user=desk", "host=db password=*** user=desk"},
             Row{"https://user:word@example.org/a", "https://user:***@example.org/a"},
         }) {
        CAPTURE(row.text);
        CHECK(without_passwords(row.text) == row.expected);
    }
}

TEST_CASE("without_passwords: other texts stay as they are") {
    for (std::string_view const text :
         {"", "a:b@c", "postgresql://db:5432/events", "postgresql://desk@db:5432/events",
          "https://example.org:8080/@name", "https://example.org/a?b=c:d@e", "postgresql://", "://",
          "password"}) {
        CAPTURE(text);
        CHECK(without_passwords(text) == text);
    }
}
