#pragma once

#include <filesystem>
#include <string>

/// A folder of one test case's own, empty at the start and removed at the end.
class TempFolder {
public:
    explicit TempFolder(std::string const& name)
        : m_folder{std::filesystem::temp_directory_path() / ("kharita_" + name)} {
        std::filesystem::remove_all(m_folder);
        std::filesystem::create_directory(m_folder);
    }
    TempFolder(TempFolder const&) = delete;
    TempFolder& operator=(TempFolder const&) = delete;
    TempFolder(TempFolder&&) = delete;
    TempFolder& operator=(TempFolder&&) = delete;
    ~TempFolder() {
        std::error_code ignored; // nothing to be done about it here
        std::filesystem::remove_all(m_folder, ignored);
    }

    std::filesystem::path operator/(std::string const& name) const { return m_folder / name; }

private:
    std::filesystem::path m_folder;
};
