pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// One screen: what it says, and below it (in landscape: beside it) what can be done.
Item {
    id: root

    property string title
    property string text
    // Between the text and the actions, in the middle of the space that is left.
    property Component picture
    default property alias actions: actionColumn.data
    property real actionWidth: Theme.portrait ? width - 2 * Theme.margin : width * 0.44

    ColumnLayout {
        id: message

        x: Theme.margin
        y: Theme.portrait ? 72 : 56
        width: Theme.portrait ? root.width - 2 * Theme.margin : root.width - root.actionWidth - 3 * Theme.margin
        height: (Theme.portrait && actionColumn.visibleChildren.length > 0 ? actionColumn.y - 40 : root.height - 40) - y
        spacing: 28

        Label {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.title
            font.pixelSize: Theme.title
            font.bold: true
            lineHeight: 1.05
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Label {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.text
            color: Theme.inkSoft
            font.pixelSize: Theme.portrait ? 42 : 38
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Loader {
                anchors.fill: parent
                sourceComponent: root.picture
            }
        }
    }

    ColumnLayout {
        id: actionColumn

        x: Theme.portrait ? Theme.margin : root.width - width - Theme.margin
        y: Theme.portrait ? root.height - height - 48 : (root.height - height) / 2
        width: root.actionWidth
        spacing: Theme.gap
    }
}
