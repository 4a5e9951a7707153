pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// One fact with its pictogram: a small caption, and below it what counts.
RowLayout {
    id: root

    required property string icon
    required property string caption
    required property string value
    property int valueSize: dense ? 34 : Theme.body
    property string valueFamily: Theme.family
    property bool dense: false
    spacing: 28

    Icon {
        Layout.alignment: Qt.AlignVCenter
        path: root.icon
        size: root.dense ? 48 : 56
        color: Theme.primary
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 2

        Label {
            Layout.fillWidth: true
            text: root.caption
            color: Theme.inkSoft
            font.pixelSize: root.dense ? 26 : 30
            lineHeight: root.dense ? 1 : 1.12
        }
        Label {
            Layout.fillWidth: true
            text: root.value
            font.family: root.valueFamily
            font.pixelSize: root.valueSize
            font.bold: true
            lineHeight: root.dense ? 1 : 1.12
        }
    }
}
