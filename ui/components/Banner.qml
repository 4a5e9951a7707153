pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// One sentence that matters now, with a pictogram.
Rectangle {
    id: root

    required property string icon
    required property string text
    // The same in another language, below it.
    property string note
    property string noteLanguage
    property color tone: Theme.primary
    property color ground: Theme.primarySoft

    implicitHeight: Math.max(112, row.implicitHeight + 48)
    radius: Theme.radius
    color: ground

    RowLayout {
        id: row

        x: 36
        width: parent.width - 72
        anchors.verticalCenter: parent.verticalCenter
        spacing: 28

        Icon {
            path: root.icon
            size: 60
            color: root.tone
        }
        ColumnLayout {
            spacing: 8

            Label {
                Layout.fillWidth: true
                text: root.text
                color: root.tone
                font.pixelSize: 40
                font.bold: true
            }
            Label {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.note
                color: root.tone
                font.family: root.noteLanguage.startsWith("zh") ? "Noto Sans CJK SC" : "Noto Sans"
                font.pixelSize: 34
            }
        }
    }
}
